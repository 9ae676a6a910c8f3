import { Customer, event, Id } from './envelope.ts'

export const campaignShown = event('campaign.shown', 1, 'A campaign was shown to somebody.', {
  campaignId: Id,
  variant: Id.optional(),
  productId: Id.optional(),
  sessionId: Id.optional(),
  customer: Customer.optional(),
})
