#if CommandLine
  import ArgumentParser

  DifferCommand.main()
#else
  print("tamis-differ was built without the trait CommandLine.")
#endif
