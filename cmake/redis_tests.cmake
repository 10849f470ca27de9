# Tests with a real redis-server, which they start themselves (tests/support/redis.h). Without one on this machine they
# are left out, and the configuration says so: building needs only hiredis.
find_program(REDIS_SERVER redis-server)
if(NOT REDIS_SERVER)
  message(STATUS "There is no redis-server: tests/unit/redis_*.c are left out")
  return()
endif()

add_library(parley_redis_world STATIC tests/support/redis.c tests/support/redis_world.c)
target_include_directories(parley_redis_world PUBLIC src tests)
target_link_libraries(parley_redis_world PUBLIC parley_adapter parley_test PRIVATE parley_flags)

file(GLOB units CONFIGURE_DEPENDS tests/unit/redis_*.c)
foreach(unit IN LISTS units)
  get_filename_component(name ${unit} NAME_WE)
  parley_test(test_${name} adapter ${unit})
  target_link_libraries(test_${name} PRIVATE parley_redis_world)
endforeach()
target_link_libraries(test_redis_faults PRIVATE parley_faults)
