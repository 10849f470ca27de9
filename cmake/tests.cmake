# Each tests/unit/LAYER_*.c is a program of its own that links only LAYER (and what the layer itself may use), so an
# upward call does not link.
add_library(parley_test STATIC tests/support/test.c tests/support/guarded.c tests/support/transcript.c
  tests/support/scratch.c tests/support/store_port_fixture.c tests/support/store_port_writes.c
  tests/support/store_port_reads.c tests/support/registry_port_fixture.c tests/support/registry_port_test.c tests/support/blobs_port_test.c
  tests/support/memory_blobs.c)
target_include_directories(parley_test PUBLIC src tests)
target_link_libraries(parley_test PUBLIC parley_base PRIVATE parley_flags)

function(parley_test name layer)
  add_executable(${name} ${ARGN})
  target_include_directories(${name} PRIVATE tests)
  target_link_libraries(${name} PRIVATE parley_test parley_${layer} parley_flags)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()

foreach(layer base wire dto log broker engine chat api adapter net)
  file(GLOB units CONFIGURE_DEPENDS tests/unit/${layer}_*.c)
  foreach(unit IN LISTS units)
    get_filename_component(name ${unit} NAME_WE)
    parley_test(test_${name} ${layer} ${unit})
  endforeach()
endforeach()

# The domain over its adapters, which chat itself may not link.
file(GLOB units CONFIGURE_DEPENDS tests/unit/domain_*.c)
foreach(unit IN LISTS units)
  get_filename_component(name ${unit} NAME_WE)
  parley_test(test_${name} chat ${unit} tests/support/domain.c tests/support/domain_sqlite.c
    tests/support/memory_ports.c)
  target_link_libraries(test_${name} PRIVATE parley_adapter)
endforeach()

# The page of all settings is what the program says of itself.
add_test(NAME docs_configuration WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMAND sh -c "$<TARGET_FILE:parleyd> --help-markdown | diff docs/configuration.md - && echo '1 passed, 0 failed'")

# So is the page of all metrics.
add_test(NAME docs_metrics WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMAND sh -c "$<TARGET_FILE:parleyd> --help-metrics | diff docs/metrics.md - && echo '1 passed, 0 failed'")

parley_test(test_main_pulse base tests/unit/main_pulse.c src/main/pulse.c)
parley_test(test_main_config base tests/unit/main_config.c src/main/config.c)
target_compile_definitions(test_main_config PRIVATE PARLEY_VERSION="${PROJECT_VERSION}")

# Connections in memory, for the engine's tests.
add_library(parley_pipe STATIC tests/support/pipe.c tests/support/lobby.c tests/support/lobby_stream.c
  tests/support/script.c tests/support/script_client.c)
target_include_directories(parley_pipe PUBLIC tests)
target_link_libraries(parley_pipe PUBLIC parley_engine PRIVATE parley_test parley_flags)
file(GLOB units CONFIGURE_DEPENDS tests/unit/engine_*.c)
foreach(unit IN LISTS units)
  get_filename_component(name ${unit} NAME_WE)
  target_link_libraries(test_${name} PRIVATE parley_pipe)
endforeach()

# The api over the domain and its adapters, with connections in memory.
file(GLOB units CONFIGURE_DEPENDS tests/unit/api_*.c)
foreach(unit IN LISTS units)
  get_filename_component(name ${unit} NAME_WE)
  target_sources(test_${name} PRIVATE tests/support/api_world.c tests/support/domain.c tests/support/domain_sqlite.c
    tests/support/memory_ports.c)
  target_link_libraries(test_${name} PRIVATE parley_pipe parley_adapter)
endforeach()

# Against a real PostgreSQL, where there is one on the machine.
add_library(parley_postgres STATIC tests/support/postgres.c tests/support/postgres_proxy.c)
target_link_libraries(parley_postgres PUBLIC parley_test PRIVATE PkgConfig::PQ parley_flags)
file(GLOB units CONFIGURE_DEPENDS tests/unit/adapter_postgres_*.c)
foreach(unit IN LISTS units)
  get_filename_component(name ${unit} NAME_WE)
  target_link_libraries(test_${name} PRIVATE parley_postgres)
endforeach()
file(GLOB units CONFIGURE_DEPENDS tests/unit/domain_*.c)
foreach(unit IN LISTS units)
  get_filename_component(name ${unit} NAME_WE)
  parley_test(test_postgres_${name} chat ${unit} tests/support/domain.c tests/support/domain_postgres.c
    tests/support/memory_ports.c)
  target_link_libraries(test_postgres_${name} PRIVATE parley_adapter parley_postgres)
endforeach()
parley_test(test_fault_postgres chat tests/unit/fault_postgres.c tests/support/domain.c tests/support/domain_postgres.c
  tests/support/memory_ports.c)
target_link_libraries(test_fault_postgres PRIVATE parley_adapter parley_postgres)
