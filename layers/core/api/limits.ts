/** Limits that whoever asks must know: stated in the API's description, held where they are imported. */

/** The largest body that any door takes, in bytes. */
export const MAX_BODY_BYTES = 1024 * 1024
/** The longest that one segment of a path may be, in characters. */
export const MAX_SEGMENT = 300
/** The most rows of one page. */
export const MAX_PAGE = 500
/** The largest message that the socket takes, in bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024
