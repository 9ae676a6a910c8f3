/** The addresses of pages that other pages lead to. */
export const HOME = '/app/'
export const PEOPLE = '/app/people'
export const AUDIT = '/app/audit'
export const ACCOUNT = '/app/account'
/** Outside the frame: whoever comes here is not signed in yet. */
export const JOIN = '/app/join'
