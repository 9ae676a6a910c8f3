/** Currencies of the countries in which marketplaces name their regions by ISO 3166 code. */
const CURRENCY_OF_REGION: Readonly<Record<string, string>> = {
  AE: 'AED',
  AU: 'AUD',
  BE: 'EUR',
  BH: 'BHD',
  BR: 'BRL',
  CA: 'CAD',
  CN: 'CNY',
  DE: 'EUR',
  EG: 'EGP',
  ES: 'EUR',
  FR: 'EUR',
  GB: 'GBP',
  IE: 'EUR',
  IN: 'INR',
  IT: 'EUR',
  JP: 'JPY',
  KW: 'KWD',
  MX: 'MXN',
  NL: 'EUR',
  PL: 'PLN',
  QA: 'QAR',
  SA: 'SAR',
  SE: 'SEK',
  SG: 'SGD',
  TR: 'TRY',
  UK: 'GBP',
  US: 'USD',
  ZA: 'ZAR',
}

/** ISO 4217 code of a region such as IN, undefined when we do not know it. */
export const currencyOfRegion = (region: string): string | undefined => CURRENCY_OF_REGION[region.toUpperCase()]
