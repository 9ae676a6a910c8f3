/** Limits that whoever asks must know: stated in the API's description, held where they are imported. */

/** The largest body that any door takes, in bytes. */
export const MAX_BODY_BYTES = 1024 * 1024
/** The longest that one segment of a path may be, in characters. */
export const MAX_SEGMENT = 300
/** The most rows of one page; and of a list with a row by product, which people take whole: an answer of AWS has 6 MB. */
export const MAX_PAGE = 500
export const MAX_LONG_PAGE = 2_000
/** How many rows a page has if nobody says: of lists that are read from top to bottom, and of those whose newest are. */
export const USUAL_PAGE = 100
export const SHORT_PAGE = 50
/** The most webhooks for notices that a merchant may have, beside that of the setting. */
export const MAX_WEBHOOKS = 10
/** The most imports of a merchant that are kept: an older one is forgotten when another begins. */
export const MAX_IMPORTS = 50
/** The most categories that a merchant may have settings of: they lie in one row, which each fold reads. */
export const MAX_SETTING_CATEGORIES = 500
/** Wrong passwords that cost no wait: of one who is at one place, of everybody who tries an address, of everybody at a place. */
export const FREE_TRIES = { both: 5, email: 50, place: 30 } as const
/** The largest message that the socket takes, in bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024
