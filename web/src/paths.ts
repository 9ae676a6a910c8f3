/** The addresses of pages that other pages lead to, below `/app`. */
export const HOME = '/'
export const PEOPLE = '/people'
export const AUDIT = '/audit'
export const ACCOUNT = '/account'
export const SETTINGS = '/settings'
/** Outside the frame: whoever comes here is not signed in yet. */
export const JOIN = '/join'

export const ALERTS = '/alerts'
export const INVENTORY = '/inventory'
export const FORECAST = '/forecast'
export const ITEM = '/item'
export const REORDERS = '/reorders'
export const SALES = '/sales'
export const REFUNDS = '/refunds'
export const STORES = '/stores'
export const MANAGER = '/manager'
export const MODELS = '/models'
export const QUALITY = '/quality'
export const TRANSACTIONS = '/transactions'
export const TRANSACTION = `${TRANSACTIONS}/$id`
export const NOTICES = '/settings/notices'
export const INTEGRATIONS = '/integrations'
export const IMPORTS = '/imports'
export const RUNS = '/runs'
export const LINEAGE = '/lineage'

const detail = (page: string) => (id: string) => `${page}/${encodeURIComponent(id)}`
export const connectionPath = detail(INTEGRATIONS)
export const itemPath = detail(ITEM)
export const runPath = detail(RUNS)
export const transactionPath = detail(TRANSACTIONS)
export const storePath = detail(STORES)
