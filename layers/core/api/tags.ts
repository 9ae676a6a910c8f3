/** What routes are about, in the order of the API's page; a route belongs to the longest path that it begins with. */
export const TAGS: readonly { readonly name: string; readonly about: string; readonly paths: readonly string[] }[] = [
  {
    name: 'Getting in',
    about: 'Events of shops, storefronts and marketplaces.',
    paths: ['/integrations/{marketplace}/webhook', '/collect', '/imports'],
  },
  { name: 'Figures', about: 'Measures of a span, and over time.', paths: ['/metrics'] },
  { name: 'Stock and alerts', about: 'What is there, and what runs out.', paths: ['/stock', '/alerts', '/item'] },
  { name: 'Reorders', about: 'What to order, why, and what became of it.', paths: ['/reorders'] },
  {
    name: 'Forecasts',
    about: 'Demand of the days to come, the models that forecast it, and what they are worth.',
    paths: ['/forecasts', '/models'],
  },
  { name: 'Trade', about: 'Sales, refunds, cancellations, charges.', paths: ['/transactions', '/events', '/refunds'] },
  {
    name: 'Warehouse',
    about: 'What nights have made, to take along, and what it was made of.',
    paths: ['/export', '/lineage'],
  },
  { name: 'Catalogue', about: 'Products and stores as they were listed.', paths: ['/products', '/stores', '/rates'] },
  {
    name: 'Integrations',
    about: 'Ways in of providers, and what came through them.',
    paths: ['/integrations'],
  },
  { name: 'Quality', about: 'The ledger, and documents that were set aside.', paths: ['/quality', '/quarantine'] },
  {
    name: 'Runs',
    about: 'What runs at night: how far it is, what it found, and having it done again.',
    paths: ['/runs'],
  },
  { name: 'Listening', about: 'What the socket needs; its messages are below.', paths: ['/live'] },
  { name: 'Settings', about: 'What the merchant decided.', paths: ['/settings', '/merchant', '/customers'] },
  { name: 'Notices', about: 'Who hears of what, and how.', paths: ['/notices', '/notice'] },
  {
    name: 'People',
    about: 'Signing in, people and their roles, tokens, and who changed what.',
    paths: [
      '/sign-in',
      '/sign-out',
      '/join',
      '/session',
      '/sessions',
      '/tokens',
      '/people',
      '/users',
      '/invitations',
      '/invites',
      '/me',
      '/account',
      '/password',
      '/tickets',
      '/audit',
    ],
  },
  {
    name: 'Engine',
    about: 'Whether it runs, and what it speaks.',
    paths: ['/healthz', '/openapi.json', '/asyncapi.json', '/docs'],
  },
]

/** The name of the tag that a path belongs to; undefined: none. */
export function tagOf(path: string): string | undefined {
  const fitting = TAGS.flatMap(({ name, paths }) =>
    paths.filter((start) => path === start || path.startsWith(`${start}/`)).map((start) => ({ name, start })),
  )
  return fitting.sort((a, b) => b.start.length - a.start.length)[0]?.name
}
