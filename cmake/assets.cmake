# Embeds the files of gen/web, and the description of the API beside them: writes a C file into the build folder that
# takes them in by .incbin and lists them with their types and entity tags. No tool but CMake is needed.
set(types_html "text/html; charset=UTF-8")
set(types_js "text/javascript; charset=UTF-8")
set(types_css "text/css; charset=UTF-8")
set(types_svg "image/svg+xml")
set(types_ico "image/x-icon")
set(types_txt "text/plain; charset=UTF-8")
set(types_yaml "application/yaml") # RFC 9512

file(GLOB_RECURSE asset_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/gen/web/*)
list(SORT asset_files)
list(APPEND asset_files ${PROJECT_SOURCE_DIR}/schema/openapi.yaml)
set(code "#include \"main/assets.h\"\n\n")
set(table "")
set(number 0)
set(paths "")
foreach(path IN LISTS asset_files)
  string(REPLACE "${PROJECT_SOURCE_DIR}/gen/web/" "" file ${path})
  string(REPLACE "${PROJECT_SOURCE_DIR}/schema/" "" file ${file})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(SHA256 ${path} digest)
  string(SUBSTRING ${digest} 0 16 tag)
  string(REGEX REPLACE ".*\\." "" ending ${file})
  string(APPEND code
    "__asm__(\".pushsection .rodata\\n.global asset_${number}_begin\\nasset_${number}_begin:\\n"
    ".incbin \\\"${path}\\\"\\n.global asset_${number}_end\\nasset_${number}_end:\\n.popsection\\n\");\n"
    "extern const unsigned char asset_${number}_begin[], asset_${number}_end[];\n")
  string(APPEND table
    "    {\"/${file}\", \"${types_${ending}}\", asset_${number}_begin, asset_${number}_end, \"\\\"${tag}\\\"\"},\n")
  list(APPEND paths ${path})
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND code "\nconst struct asset assets[] = {\n${table}};\nconst size_t asset_count = ${number};\n")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/assets.c CONTENT "${code}" @ONLY)
set_source_files_properties(${CMAKE_BINARY_DIR}/assets.c PROPERTIES OBJECT_DEPENDS "${paths}" COMPILE_OPTIONS "-Wno-pedantic")
