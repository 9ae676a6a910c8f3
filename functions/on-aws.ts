/** Bundled into each function on AWS, before its handler: gives handlers their ports. Nothing yet: the adapters come. */
export {}
