#if CommandLine
  EntryPoint.main()
#else
  print("tamis was built without the trait CommandLine.")
#endif
