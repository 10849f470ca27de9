# The simulation (docs/simulation.md) and what it has found.

parley_test(test_fault_handshake engine tests/unit/fault_handshake.c)
target_link_libraries(test_fault_handshake PRIVATE parley_pipe parley_faults)
