# Each bench/NAME.c is a program bench_NAME, run by hand from the root; what they share is in bench/support. They may
# use the codecs of wire, but speak to parleyd only from outside.
file(GLOB support CONFIGURE_DEPENDS bench/support/*.c)
add_library(parley_bench STATIC ${support})
target_include_directories(parley_bench PUBLIC bench)
target_link_libraries(parley_bench PUBLIC parley_wire PRIVATE parley_flags)

file(GLOB programs CONFIGURE_DEPENDS bench/*.c)
foreach(program IN LISTS programs)
  get_filename_component(name ${program} NAME_WE)
  add_executable(bench_${name} ${program})
  target_link_libraries(bench_${name} PRIVATE parley_bench parley_flags)
endforeach()
