type Told = {
  /** What has happened. */
  readonly when: string
  /** What the row's `subject` is. */
  readonly subject: string
  /** What `before` and `after` say; '': nothing. */
  readonly says: string
}
const told = (when: string, subject: string, says = ''): Told => ({ when, subject, says })

const [ACCOUNT, WAY_IN, PROPOSAL, WEBHOOK] = ['their account', 'the way in', 'product in store', 'the webhook']
const [ON_HAND, DECIDED, SERVING] = [
  'units on hand; the reason',
  'state, quantity; the reason',
  'the version that serves',
]

/** Every kind of change that the audit knows, in the order of `docs/people.md`. */
export const AUDIT_KINDS = {
  'settings.changed': told(
    'a setting is decided',
    'its name, and of which category or product',
    'its value; of an address the host alone',
  ),
  'merchant.named': told('the merchant gets another name', 'the merchant', 'the name'),
  'merchant.added': told('whoever runs the engine adds the merchant', 'the merchant', 'name and quotas'),
  'merchant.suspend': told('nothing of the merchant is taken any more', 'the merchant'),
  'merchant.resume': told('it is taken again', 'the merchant'),
  'merchant.remove': told('the merchant is removed, and their audit with them', 'the merchant'),
  'customer.forgotten': told(
    'a customer is forgotten',
    'the receipt, which names nobody',
    'what was deleted, in numbers',
  ),
  'stock.received': told('a person has received goods', PROPOSAL, ON_HAND),
  'stock.counted': told('a person has counted', PROPOSAL, ON_HAND),
  'stock.adjusted': told('a person has found some, or lost some', PROPOSAL, ON_HAND),
  'alert.acknowledged': told(
    'a person deals with alerts',
    'the alert, or how many there are',
    'the state; of several their ids',
  ),
  'reorder.accepted': told('a proposal to order is accepted', PROPOSAL, DECIDED),
  'reorder.snoozed': told('it is put off', PROPOSAL, `${DECIDED}; until when`),
  'reorder.dismissed': told('it is dismissed', PROPOSAL, DECIDED),
  'reorder.reopened': told('its order could not be placed', PROPOSAL, DECIDED),
  'document.replayed': told('a document set aside is tried again', 'the document', 'the status; whether it was mended'),
  'document.discarded': told('it is given up', 'the document', 'the status; the reason, where one was given'),
  'events.sent': told('a person sends events from the dashboard', 'their types', 'listings, up to twenty'),
  'import.begun': told(
    'a file is brought in, or a part of something else under its name',
    'the import',
    'what it holds, and its name',
  ),
  'person.invited': told('somebody is invited', 'their address', 'role and stores'),
  'person.changed': told('role, stores or name of somebody change', 'the person', 'as the list of people has them'),
  'person.removed': told('somebody is let go', 'the person', 'as the list of people had them'),
  'person.link-made': told('they get a new link to choose a password', 'the person'),
  'account.changed': told('a person changes their name or address', ACCOUNT, 'name and address'),
  'password.changed': told('a person changes their password', ACCOUNT),
  'password.refused': told(
    'five tries to say the present password, from within, have been wrong; once an hour at the most',
    ACCOUNT,
    'how many tries there were',
  ),
  'password.chosen': told('somebody chooses a password by a link', ACCOUNT, '`invitation` or `reset`'),
  'totp.begun': told('a secret for an authenticator app is made', ACCOUNT),
  'totp.added': told('the app is confirmed, and asked for from now on', ACCOUNT),
  'totp.removed': told('it is taken off', ACCOUNT),
  'session.opened': told('somebody signs in', ACCOUNT),
  'session.refused': told(
    'five tries to sign in with one address have been wrong; once an hour at the most',
    'the account of that address',
    'how many tries there were',
  ),
  'session.closed': told('a person signs out', ACCOUNT),
  'session.ended': told('a person ends one of their sessions', ACCOUNT),
  'sessions.ended': told('a person signs out everywhere', ACCOUNT),
  'sign-in-link.made': told('a link to sign in is made', ACCOUNT),
  'token.created': told('a token is made', 'its label', 'scopes, stores, origins'),
  'token.revoked': told('it is revoked', 'the token', 'its label'),
  'integration.opened': told('a way in is opened', WAY_IN, 'as the list has it'),
  'integration.changed': told('it is changed, paused or resumed', WAY_IN, 'as the list has it'),
  'integration.rotated': told('it gets a new secret', WAY_IN, 'as the list has it, without the secret'),
  'integration.removed': told('it is closed', WAY_IN, 'as the list has it'),
  'integration.tested': told('a test message is sent through it', WAY_IN),
  'delivery.redelivered': told('a delivery is taken once more', 'the way in and the delivery’s number'),
  'run.asked': told('a chain is run', 'the chain', 'date, and from which state'),
  'model.promoted': told('another version of a model serves', 'the model', SERVING),
  'model.demoted': told('none serves but the simple method', 'the model', SERVING),
  'model.rolled-back': told('the one before serves again', 'the model', SERVING),
  'model.kept': told('the week’s training was not better', 'the model', SERVING),
  'notices.chosen': told('a person chooses what they are told', 'the person', 'what was chosen; of the address a part'),
  'notice.tested': told('a test notice is sent', 'the channel or webhook'),
  'notice.redelivered': told('a notice is sent again', 'the person or webhook, and its number'),
  'notice-webhook.added': told('a webhook for notices is added', WEBHOOK, 'label and host'),
  'notice-webhook.removed': told('it is removed', WEBHOOK, 'label and host'),
} as const satisfies Readonly<Record<string, Told>>

export type AuditKind = keyof typeof AUDIT_KINDS
