/** Changes that rest on a version, which `If-Match` may say: at another one nothing is changed. */
export const VERSIONED_ROUTES: readonly string[] = [
  'POST /reorders/{id}/accept',
  'POST /reorders/{id}/snooze',
  'POST /reorders/{id}/dismiss',
  'PATCH /integrations/{id}',
  'DELETE /integrations/{id}',
  'POST /integrations/{id}/rotate',
  'POST /notices/choices',
  'POST /models/demand/promote',
  'POST /models/demand/rollback',
  'PATCH /account',
  'PATCH /users/{id}',
  'DELETE /users/{id}',
]
