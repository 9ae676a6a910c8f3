export const words = {
  region: 'New version',
  isThere: 'A new version of this page is there.',
  nothingLost: 'Load it when you are done with what you are writing.',
  load: 'Load it',
  later: 'Later',
} as const
