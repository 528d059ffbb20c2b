# What `cmake --install` puts under a prefix beside the programs and the runtime: the package for find_package(dlc), and
# dlc.pc for pkg-config. Both find their files from where they stand, so that the prefix may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/dlc)
configure_package_config_file(cmake/PackageConfig.cmake.in ${CMAKE_BINARY_DIR}/dlcConfig.cmake
  INSTALL_DESTINATION ${package} PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/dlcConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/dlcConfig.cmake ${CMAKE_BINARY_DIR}/dlcConfigVersion.cmake cmake/AddModel.cmake
        DESTINATION ${package})
install(EXPORT dlc NAMESPACE dlc:: FILE dlcTargets.cmake DESTINATION ${package})

configure_file(cmake/dlc.pc.in ${CMAKE_BINARY_DIR}/dlc.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/dlc.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
