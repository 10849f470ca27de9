# The simulation (docs/simulation.md): several workers, the store, people and faults in one thread, out of one seed.
file(GLOB sources CONFIGURE_DEPENDS tests/support/sim/*.c)
add_executable(simulate tests/simulate.c ${sources} tests/support/memory_ports.c)
target_include_directories(simulate PRIVATE tests)
target_link_libraries(simulate PRIVATE parley_test parley_api parley_adapter parley_faults parley_flags)

# A share of it with every run of the tests; under sanitizers and gcov a seed costs many times as much.
set(seeds 1500)
if(PARLEY_SANITIZE OR PARLEY_COVERAGE)
  set(seeds 150)
endif()
set(PARLEY_SIMULATE_SEEDS ${seeds} CACHE STRING "Seeds that ctest simulates")
add_test(NAME simulate COMMAND simulate --seeds ${PARLEY_SIMULATE_SEEDS})
add_test(NAME simulate_twice COMMAND simulate --seeds 40 --twice)
# What it is proven with can still be planted.
add_test(NAME simulate_plants COMMAND ${PROJECT_SOURCE_DIR}/tests/simulate_plants --check)

# What the simulation has found, alone.
parley_test(test_fault_handshake engine tests/unit/fault_handshake.c)
target_link_libraries(test_fault_handshake PRIVATE parley_pipe parley_faults)

parley_test(test_fault_bodies engine tests/unit/fault_bodies.c)
target_link_libraries(test_fault_bodies PRIVATE parley_pipe parley_faults)

# What it uses in place of bcrypt and JWT does what they do.
target_sources(test_adapter_chat_ports PRIVATE tests/support/memory_ports.c tests/support/passwords_port_test.c
  tests/support/tokens_port_test.c)
