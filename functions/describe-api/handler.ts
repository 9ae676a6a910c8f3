import { openApi } from '#core/api/openapi.ts'
import { httpHandler, json } from '#runtime/http-handler.ts'

/** The API's description, made from its schemas: once, since that takes longer than most answers. */
const description = openApi()

export const handler = httpHandler(() => async () => json(200, description))
