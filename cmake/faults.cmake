# What makes things fail in tests: docs/durability.md.

# Allocations of a program's own objects (tests/support/faults.h).
add_library(parley_faults OBJECT tests/support/faults.c)
target_include_directories(parley_faults PUBLIC tests)
target_link_libraries(parley_faults PRIVATE parley_flags)
foreach(symbol malloc calloc realloc strdup strndup posix_memalign)
  target_link_options(parley_faults INTERFACE -Wl,--wrap=${symbol})
endforeach()

# Those of libraries, where a test wants them.
add_library(parley_faults_libraries STATIC tests/support/faults_libraries.c)
target_link_libraries(parley_faults_libraries PUBLIC parley_faults PkgConfig::SQLITE
  PRIVATE parley_flags)

parley_test(test_fault_allocations base tests/unit/fault_allocations.c)
target_link_libraries(test_fault_allocations PRIVATE parley_faults)

# A disk that forgets what was not synchronised (tests/support/forgetful_vfs.h).
add_library(parley_forgetful STATIC tests/support/forgetful_vfs.c tests/support/forgetful_file.c
  tests/support/forgetful_disk.c)
target_include_directories(parley_forgetful PUBLIC src tests)
target_link_libraries(parley_forgetful PUBLIC PkgConfig::SQLITE Threads::Threads PRIVATE parley_flags)

parley_test(test_fault_forgetful base tests/unit/fault_forgetful.c)
target_link_libraries(test_fault_forgetful PRIVATE parley_forgetful)

# The program on such a disk, for tests/kill; not installed.
add_executable(parleyd_forgetful ${main_sources} ${CMAKE_BINARY_DIR}/assets.c tests/support/forgetful_main.c)
target_compile_definitions(parleyd_forgetful PRIVATE PARLEY_VERSION="${PROJECT_VERSION}")
target_link_libraries(parleyd_forgetful PRIVATE parley_forgetful parley_api parley_net parley_adapter parley_flags)

parley_test(test_fault_power adapter tests/unit/fault_power.c)
target_link_libraries(test_fault_power PRIVATE parley_forgetful)

# The domain on such a disk, and in scarce memory.
set(deeds tests/support/deeds.c tests/support/deeds_people.c tests/support/deeds_chat.c tests/support/deeds_files.c)
add_library(parley_stage STATIC tests/support/fault_stage.c ${deeds} tests/support/domain.c tests/support/domain_sqlite.c
  tests/support/memory_ports.c)
target_link_libraries(parley_stage PUBLIC parley_test parley_faults parley_chat parley_adapter PRIVATE parley_flags)

parley_test(test_fault_io_operations chat tests/unit/fault_io_operations.c)
target_link_libraries(test_fault_io_operations PRIVATE parley_stage parley_forgetful)

parley_test(test_fault_memory_operations chat tests/unit/fault_memory_operations.c)
target_link_libraries(test_fault_memory_operations PRIVATE parley_stage)

parley_test(test_fault_store adapter tests/unit/fault_store.c tests/support/fault_world.c)
target_link_libraries(test_fault_store PRIVATE parley_forgetful parley_faults_libraries)

parley_test(test_fault_json dto tests/unit/fault_json.c)
target_link_libraries(test_fault_json PRIVATE parley_faults)

# Events on their way in scarce memory.
parley_test(test_fault_broker broker tests/unit/fault_broker.c)
target_link_libraries(test_fault_broker PRIVATE parley_faults)

# Connections in scarce memory.
parley_test(test_fault_engine engine tests/unit/fault_engine.c)
target_link_libraries(test_fault_engine PRIVATE parley_pipe parley_faults)

# The same with everything that stands behind them.
parley_test(test_fault_api api tests/unit/fault_api.c tests/support/api_deeds.c tests/support/api_world.c
  tests/support/domain.c tests/support/domain_sqlite.c tests/support/memory_ports.c)
target_link_libraries(test_fault_api PRIVATE parley_pipe parley_faults parley_adapter)
target_link_options(test_fault_api PRIVATE -Wl,--wrap=abort)

# Calls of our own to the system.
add_library(parley_fault_calls OBJECT tests/support/fault_calls.c)
target_include_directories(parley_fault_calls PUBLIC tests)
target_link_libraries(parley_fault_calls PRIVATE parley_flags)
foreach(symbol mkdir flock ftruncate ftruncate64 fchmod fsync fstat fstat64 renameat open open64 openat openat64
    read write pread pread64 pwrite pwrite64 linkat unlinkat faccessat
    accept4 shutdown recv sendmsg socket bind listen setsockopt getsockname pthread_create)
  target_link_options(parley_fault_calls INTERFACE -Wl,--wrap=${symbol})
endforeach()

parley_test(test_fault_files adapter tests/unit/fault_files.c)
target_link_libraries(test_fault_files PRIVATE parley_fault_calls)
parley_test(test_fault_blobs adapter tests/unit/fault_blobs.c)
target_link_libraries(test_fault_blobs PRIVATE parley_fault_calls)
parley_test(test_fault_secrets adapter tests/unit/fault_secrets.c tests/support/faults_process.c)
target_link_libraries(test_fault_secrets PRIVATE parley_fault_calls parley_faults)
parley_test(test_fault_sockets net tests/unit/fault_sockets.c)
target_link_libraries(test_fault_sockets PRIVATE parley_fault_calls)
parley_test(test_fault_listener net tests/unit/fault_listener.c)
target_link_libraries(test_fault_listener PRIVATE parley_fault_calls)

# The program with one allocation that fails at the start.
add_executable(parleyd_scarce ${main_sources} ${CMAKE_BINARY_DIR}/assets.c tests/support/scarce_main.c)
target_compile_definitions(parleyd_scarce PRIVATE PARLEY_VERSION="${PROJECT_VERSION}")
target_link_libraries(parleyd_scarce PRIVATE parley_faults parley_api parley_net parley_adapter parley_flags)
parley_test(test_fault_start base tests/unit/fault_start.c)
target_compile_definitions(test_fault_start PRIVATE PARLEYD_SCARCE="$<TARGET_FILE:parleyd_scarce>")
add_dependencies(test_fault_start parleyd_scarce)

# Every operation over PostgreSQL, through a proxy that cuts.
parley_test(test_fault_postgres_deeds chat tests/unit/fault_postgres_deeds.c ${deeds} tests/support/domain.c
  tests/support/domain_postgres.c tests/support/memory_ports.c)
target_link_libraries(test_fault_postgres_deeds PRIVATE parley_adapter parley_postgres parley_faults)
