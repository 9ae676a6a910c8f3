import { CITIES } from './places.ts'
import { between, pick, type Random } from './random.ts'
import { profileOfStore, STORE_PROFILES } from './store-profiles.ts'
import { REGIONS } from './weather.ts'
import type { Store } from './world.ts'

const CHAIN = 'Chowk'
/** Stores of one profile differ by so much in what they trade. */
const SIZE_SPREAD: readonly [low: number, high: number] = [0.75, 1.25]

export function makeStores(count: number, random: Random): Store[] {
  let shops = 0
  let online = 0
  return Array.from({ length: count }, (_, i): Store => {
    const profile = profileOfStore(i)
    const { sells, sizeSqft, arrivalsPerDay, name: kind } = STORE_PROFILES[profile]!
    const size = between(random, ...SIZE_SPREAD)
    const common = {
      profile,
      sizeSqft: Math.round((sizeSqft[0] + (sizeSqft[1] - sizeSqft[0]) * between(random, 0, 1)) / 100) * 100,
      arrivalsPerDay: arrivalsPerDay * size,
    }
    if (sells === 'online') {
      const number = ++online === 1 ? '' : ` ${online}`
      return {
        id: `online${number.replace(' ', '-')}`,
        name: `${CHAIN} Online${number}`,
        region: pick(random, REGIONS),
        ...common,
      }
    }
    const { name: city, region, localities } = CITIES[shops % CITIES.length]!
    const round = Math.floor(shops++ / CITIES.length)
    const again = Math.floor(round / localities.length)
    const locality = localities[round % localities.length]! + (again === 0 ? '' : ` ${again + 1}`)
    const outlet = kind === 'outlet' ? ' Outlet' : ''
    const id = `${city.toLowerCase().replaceAll(' ', '-')}-${round + 1}`
    return { id, name: `${CHAIN}${outlet} ${locality}`, city, region, ...common }
  })
}
