# dlc_add_model(NAME MODEL [WEIGHTS FILE] [TARGET TRIPLE] [TARGET_CPU NAME[,NAME...]] [BATCH N] [SHARED]
#               [DEPENDS FILES...] [OPTIONS WORDS...])
#
# A library target NAME made from the model: link it, and include "NAME.h". The model is compiled again when it, the
# weights, a file named by DEPENDS (external data), or the compiler changes. SHARED makes a shared object, which the
# runtime can load; OPTIONS are passed on to `dlc compile`.
function(dlc_add_model name model)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "SHARED" "WEIGHTS;TARGET;TARGET_CPU;BATCH" "DEPENDS;OPTIONS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dlc_add_model: unknown arguments ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  get_filename_component(source ${model} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  set(options ${ARG_OPTIONS})
  set(files ${source} ${ARG_DEPENDS})
  if(ARG_WEIGHTS)
    get_filename_component(weights ${ARG_WEIGHTS} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND options --weights ${weights})
    list(APPEND files ${weights})
  endif()
  if(ARG_TARGET)
    list(APPEND options --target=${ARG_TARGET})
  endif()
  if(ARG_TARGET_CPU)
    list(APPEND options --cpu=${ARG_TARGET_CPU})
  endif()
  if(ARG_BATCH)
    list(APPEND options --batch ${ARG_BATCH})
  endif()
  if(ARG_SHARED)
    set(kind so)
    set(linkage SHARED)
  else()
    set(kind lib)
    set(linkage STATIC)
  endif()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.model)
  set(library ${folder}/${CMAKE_${linkage}_LIBRARY_PREFIX}${name}${CMAKE_${linkage}_LIBRARY_SUFFIX})
  set(header ${folder}/${name}.h)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(OUTPUT ${library} ${header} VERBATIM
    COMMAND dlc::compiler compile ${source} --emit=${kind} -o ${library} --header ${header} --prefix ${name} ${options}
    DEPENDS ${files} $<TARGET_FILE:dlc::compiler>
    COMMENT "Compiling the model ${name}")
  add_custom_target(${name}.compile DEPENDS ${library} ${header})
  add_library(${name} ${linkage} IMPORTED GLOBAL)
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${library} IMPORTED_NO_SONAME TRUE
                                           INTERFACE_INCLUDE_DIRECTORIES ${folder})
  add_dependencies(${name} ${name}.compile)
endfunction()
