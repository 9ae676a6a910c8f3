export const words = {
  title: 'Store manager',
  about: 'What runs low, what waits for you, and what the next seven days will bring.',
  store: 'Store',
  noStores: 'No store yet',
  noStoresWhy: 'Stores appear with their first sale, or when somebody lists them.',
  stores: 'Stores',
  alerts: 'Alerts',
  demand: (store: string) => `The next seven days, ${store}`,
  none: 'Nothing was forecast yet',
  noneWhy: 'Forecasts are made each morning from what the night before has put into the warehouse.',
} as const
