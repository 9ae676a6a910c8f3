/** What settings are called where a person reads them, as the engine names them. */
const NAMES: Readonly<Record<string, string>> = {
  timeZone: 'Time zone',
  currency: 'Currency',
  lowStockWarningDays: 'Low stock, days of cover',
  lowStockCriticalDays: 'Critically low stock, days of cover',
  alertHysteresis: 'Share above the threshold at which an alert eases',
  trainOnDrift: 'Train the demand model when forecasts no longer fit',
  rawRetentionDays: 'Days for which the lake keeps raw events',
  reorderReviewDays: 'Days until one can order again',
  reorderCycleDays: 'Days that an order is to last beyond that',
  reorderBudgetMinor: 'What all orders of a morning may cost, in minor units',
  shelfCapacityUnits: 'Units of a product that a store has room for',
  supplierLeadDays: 'Days that a new supplier is taken to need',
  ...Object.fromEntries(
    ['AX', 'AY', 'AZ', 'BX', 'BY', 'BZ', 'CX', 'CY', 'CZ'].map((of) => [
      `serviceLevel.${of}`,
      `Service level, class ${of}`,
    ]),
  ),
  noticeWebhookUrl: 'Webhook for new alerts',
  'restock.defective': 'Defective',
  'restock.wrong_item': 'Wrong item',
  'restock.not_as_described': 'Not as described',
  'restock.changed_mind': 'Changed their mind',
  'restock.damaged_shipping': 'Damaged on the way',
  'restock.other': 'Another reason',
}

/** One of a newer engine keeps its name. */
export const nameOfSetting = (name: string): string => NAMES[name] ?? name
