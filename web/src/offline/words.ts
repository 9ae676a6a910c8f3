export const words = {
  region: 'New version',
  isThere: 'A new version of this page is there.',
  nothingLost: 'Load it when you are done with what you are writing.',
  load: 'Load it',
  later: 'Later',

  noAnswer: 'The engine does not answer',
  noAnswerWhy: (why: string) =>
    `${why}. Nothing is lost: what it has accepted, it keeps. Start it, and this page goes on by itself.`,
  offline: 'You are offline',
  offlineWhy: 'This device has no network. The page goes on by itself when it is back.',
  stillTitle: 'What still works',
  still: [
    'The engine goes on taking sales and counting, wherever it runs; nothing waits for this page.',
    'Notices by e-mail and webhook are still sent.',
    'Another page of this browser that is open shows its last figures, with their age.',
  ],
} as const
