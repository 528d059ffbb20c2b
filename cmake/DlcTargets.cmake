# How a library or tool of the compiler is built: MLIR's flags, the shared libMLIR and libLLVM only (static MLIR
# archives would bring a second copy), and one precompiled header for all.

# LLVM_DEFINITIONS is one string, and it defines _GLIBCXX_USE_CXX11_ABI a second time.
separate_arguments(DLC_LLVM_DEFINITIONS NATIVE_COMMAND ${LLVM_DEFINITIONS})
list(FILTER DLC_LLVM_DEFINITIONS EXCLUDE REGEX CXX11_ABI)

function(dlc_compiler_target name)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/compiler ${CMAKE_BINARY_DIR}/compiler
                                            ${CMAKE_SOURCE_DIR}/frontend ${CMAKE_SOURCE_DIR})
  target_include_directories(${name} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
  target_compile_definitions(${name} PRIVATE ${DLC_LLVM_DEFINITIONS})
  # Programs are compiled as libraries are (-fPIC, not -fPIE), so that one precompiled header serves both.
  get_target_property(kind ${name} TYPE)
  if(kind STREQUAL "EXECUTABLE")
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${name} PRIVATE -fPIC)
  endif()
  if(DLC_PCH)
    target_compile_options(${name} PRIVATE "SHELL:-Xclang -include-pch -Xclang ${DLC_PCH}")
  elseif(NOT name STREQUAL "DlcPrecompiled")
    target_precompile_headers(${name} REUSE_FROM DlcPrecompiled)
  endif()
endfunction()

# The one precompiled header: an empty library that owns it.
if(NOT DLC_PCH)
  file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp.in "// owns the precompiled header\n")
  configure_file(${CMAKE_BINARY_DIR}/precompiled.cpp.in ${CMAKE_BINARY_DIR}/precompiled.cpp COPYONLY)
  add_library(DlcPrecompiled STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
  dlc_compiler_target(DlcPrecompiled)
  target_compile_options(DlcPrecompiled PUBLIC "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(DlcPrecompiled PRIVATE ${CMAKE_SOURCE_DIR}/cmake/Mlir.h)
endif()

# dlc_add_library(NAME SOURCES... [LINK LIBRARIES...]): a room of the compiler as a static library.
function(dlc_add_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  if(NOT ARG_UNPARSED_ARGUMENTS) # a room that is laid out, but empty
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/empty.cpp CONTENT "")
    list(APPEND ARG_UNPARSED_ARGUMENTS ${CMAKE_BINARY_DIR}/empty.cpp)
  endif()
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  dlc_compiler_target(${name})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# dlc_add_tool(NAME SOURCES... LINK LIBRARIES...): a program in build/bin, linked with the shared MLIR and LLVM.
function(dlc_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  dlc_compiler_target(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} MLIR LLVM)
endfunction()

# dlc_add_unit_test(NAME SOURCES... [MLIR] [LINK LIBRARIES...]): a GoogleTest program in build/bin, each of whose tests
# is one of ctest's. MLIR: it includes MLIR, so it gets the precompiled header and the shared libraries; without it
# the test stays as free of LLVM as what it links.
function(dlc_add_unit_test name)
  cmake_parse_arguments(ARG "MLIR" "" "LINK" ${ARGN})
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock GTest::gtest_main)
  if(ARG_MLIR)
    dlc_compiler_target(${name})
    target_link_libraries(${name} PRIVATE MLIR LLVM)
  endif()
  set(environment "")
  if(DLC_SHARED_DIR)
    set(environment PROPERTIES ENVIRONMENT DLC_SHARED=${DLC_SHARED_DIR})
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 120 ${environment})
  add_dependencies(dlc-tests ${name})
endfunction()
