# fuzz/LAYER_NAME.c defines LLVMFuzzerTestOneInput over that layer's library. With PARLEY_FUZZ (clang) it becomes the
# libFuzzer program fuzz_LAYER_NAME; in every other build it is linked with fuzz/replay.c, and ctest replays its corpus
# and regressions: fuzz/corpus/LAYER_NAME/*, fuzz/regress/LAYER_NAME/*. Dictionary: fuzz/dict/LAYER_NAME.dict.
file(GLOB harnesses CONFIGURE_DEPENDS fuzz/*_*.c)
foreach(harness IN LISTS harnesses)
  get_filename_component(name ${harness} NAME_WE)
  string(REGEX REPLACE "_.*" "" layer ${name})
  if(NOT TARGET parley_${layer})
    continue()
  endif()
  add_executable(fuzz_${name} ${harness})
  target_include_directories(fuzz_${name} PRIVATE fuzz tests)
  target_link_libraries(fuzz_${name} PRIVATE parley_${layer} parley_flags)
  if(layer STREQUAL "engine")
    target_sources(fuzz_${name} PRIVATE tests/support/pipe.c tests/support/lobby.c tests/support/lobby_stream.c)
  endif()
  if(PARLEY_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE fuzz/replay.c)
    add_test(NAME replay_${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
      COMMAND fuzz_${name} fuzz/corpus/${name} fuzz/regress/${name})
  endif()
endforeach()
