import { counted, formatNumber } from '../format/format-number.ts'

export const percent = (share: number | null): string =>
  share === null ? '—' : `${formatNumber(share * 100, { maximumFractionDigits: 1 })} %`
export const signedPercent = (share: number | null): string => (share !== null && share > 0 ? '+' : '') + percent(share)

export const words = {
  title: 'ML performance',
  about: 'Whether forecasts can be trusted: what they were worth, which model makes them, and whether it still fits.',
  ahead: 'Forecast how many days ahead',
  accuracy: 'Error by day',
  accuracySpan: (ahead: number) => `forecast ${counted(ahead, 'day', 'days')} ahead; less is better`,
  model: 'What serves',
  naive: 'Same weekday before',
  moving: 'Mean of 28 days',
  predicted: 'Predicted against sold',
  predictedSpan: 'units of all products and stores',
  sold: 'Sold',
  median: 'Median',
  mean: 'Mean',
  coverage: 'Within the interval',
  coverageSpan: 'share of days from 10 to 90 %; 80 % is meant',
  meant: 'Meant',
  worth: 'What it was worth',
  worthAbout: (forecasts: number) => `${counted(forecasts, 'forecast', 'forecasts')} of days that are over`,
  wape: 'Error over units sold',
  bias: 'Bias of the mean',
  biasMedian: 'Bias of the median',
  covered: 'Within 10 to 90 %',
  against: (what: string, value: string) => `${what}: ${value}`,
  money: (currency: string) => `Errors cost, ${currency}`,
  moneyWhy:
    'A unit too many costs what it is bought for, a unit too few its margin (list price less cost), had just the mean been there. Products without a cost and a price are left out, as are days on which a product ran out.',
  saved: (amount: string) => `${amount} less than by the mean of 28 days`,
  lost: (amount: string) => `${amount} more than by the mean of 28 days`,
  noAccuracy: 'No forecast has come true yet',
  noAccuracyWhy: 'A forecast is judged when its day is over and the night after it has run.',
  versions: 'Champion and challengers',
  everyVersion: 'Every version',
  serving: (version: string) => `The model of ${version} serves.`,
  noModel: (baseline: string) => `No model serves, but ${baseline}.`,
  noVersions: 'No model was trained yet',
  noVersionsWhy: 'Models are trained on Sundays, once the warehouse has 63 days. Now: counterflow run weekly.',
  columns: {
    version: 'Version',
    wape: 'WAPE',
    wql: 'Quantile loss',
    coverage: 'Coverage',
    best: 'Best simple method',
    why: 'Decision',
  },
  serves: 'serves',
  promote: 'Let it serve',
  promoteTitle: (version: string) => `Let the model of ${version} serve?`,
  promoteWhy:
    'It forecasts from the next run on, whatever it was compared with. Forecasts that are published stay. You can go back.',
  rollback: 'Go back',
  rollbackTitle: (version: string) => `Go back to ${version}?`,
  rollbackWhy: 'It forecasts from the next run on. Forecasts that are published stay.',
  simple: 'the simple method',
  decidedSince: 'It was decided otherwise meanwhile: the list shows what serves now.',
  drift: 'Drift',
  driftAbout: (share: string) => `chance alone alarms in at most ${share} of checks`,
  noDrift: 'Nothing was checked yet',
  noDriftWhy: 'The model is looked at each morning after it has forecast.',
  fits: (madeOn: string) => `On ${madeOn} the model still fitted.`,
  unknown: (madeOn: string) => `On ${madeOn} there was nothing to compare with yet.`,
  alarm: (madeOn: string) => `On ${madeOn} the model no longer fitted.`,
  error: (now: string, usual: string, bound: string) =>
    `Error of the last week ${now}; ${usual} is usual, ${bound} the bound.`,
  noError: 'The error is compared with its own past from nine weeks of forecasts on.',
  features: (count: number) =>
    `${counted(count, 'feature', 'features')} compared with training; those that moved most:`,
  noFeatures: 'Features are compared from the next training on.',
  feature: 'Feature',
  subject: 'About',
  psi: 'Stability index',
  bound: 'Bound',
  trains: 'A training was asked for.',
  trainOnDrift: (on: boolean) =>
    on
      ? 'An alarm has the model trained at once.'
      : 'An alarm trains nothing by itself: the settings can say otherwise.',
} as const
