import { Customer, event, Id } from './envelope.ts'

export const campaignClicked = event('campaign.clicked', 1, 'Somebody followed a campaign.', {
  campaignId: Id,
  variant: Id.optional(),
  productId: Id.optional(),
  sessionId: Id.optional(),
  customer: Customer.optional(),
})
