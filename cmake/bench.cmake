# Each bench/NAME.c is a program bench_NAME, with what is in bench/NAME/, run by hand or by scripts/bench; what they
# share is in bench/support. They may use the codecs of wire, but speak to parleyd only from outside; what else one looks
# into stands in bench_uses_NAME. `--quick` runs a little of everything: that it comes to its end and finds something is
# a test, how fast it is never.
set(bench_uses_idle parley_api parley_net)
set(bench_uses_parsers parley_dto)
set(bench_uses_commit parley_log PkgConfig::SQLITE PkgConfig::PQ)
set(bench_uses_pages parley_chat parley_adapter PkgConfig::SQLITE PkgConfig::PQ)

file(GLOB support CONFIGURE_DEPENDS bench/support/*.c)
add_library(parley_bench STATIC ${support})
target_include_directories(parley_bench PUBLIC bench)
target_link_libraries(parley_bench PUBLIC parley_wire PRIVATE parley_flags)

file(GLOB programs CONFIGURE_DEPENDS bench/*.c)
foreach(program IN LISTS programs)
  get_filename_component(name ${program} NAME_WE)
  file(GLOB parts CONFIGURE_DEPENDS bench/${name}/*.c)
  list(FILTER parts EXCLUDE REGEX floor\\.c$)
  add_executable(bench_${name} ${program} ${parts})
  target_link_libraries(bench_${name} PRIVATE parley_bench ${bench_uses_${name}} parley_flags)
  add_test(NAME bench_${name} COMMAND bench_${name} --quick)
  set_tests_properties(bench_${name} PROPERTIES PASS_REGULAR_EXPRESSION "\n= ")
endforeach()

# The physical limit of a start: the shared libraries of parleyd, and nothing to do.
add_executable(bench_floor bench/start/floor.c)
target_link_options(bench_floor PRIVATE -Wl,--no-as-needed)
target_link_libraries(bench_floor PRIVATE parley_api parley_net parley_adapter parley_flags)
