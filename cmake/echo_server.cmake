# The protocol layers without the domain, for programs that test servers from outside; not installed. Of the adapters it
# takes the digest alone, which the handshake needs.
file(GLOB echo_sources CONFIGURE_DEPENDS tests/support/echo_server/*.c)
add_executable(echo_server ${echo_sources} src/adapter/digest.c)
target_include_directories(echo_server PRIVATE tests)
target_link_libraries(echo_server PRIVATE parley_net parley_dto PkgConfig::CRYPTO parley_flags)
