/** Implementations on AWS run where an endpoint is given: an account's, or an emulator's. */
export const onAws = <T>(implementations: readonly T[]): readonly T[] =>
  process.env.AWS_ENDPOINT_URL === undefined ? [] : implementations

/** Where that is. */
export const endpointOnAws = (): string => process.env.AWS_ENDPOINT_URL!
