# The only writers of gen/: `cmake --build build --target gen`. An ordinary build never runs them, so it needs neither
# ragel nor protoc-c; tests/gen_fresh regenerates into a scratch folder and compares.
#
# Ragel exits 0 on warnings: scripts/generate treats any output as a failure, and runs it from the root with relative
# paths, so that the #line directives are the same everywhere.
add_custom_target(gen
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/generate ${PROJECT_SOURCE_DIR}/gen
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)

# The pictures of docs/diagrams, out of the machines and the layers; tests/docs_fresh draws them again and compares.
add_custom_target(diagrams
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/diagrams
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
