import { Currency, event, Id, Minor } from './envelope.ts'

export const campaignSpent = event('campaign.spent', 1, 'A campaign cost money.', {
  campaignId: Id,
  variant: Id.optional(),
  amountMinor: Minor,
  currency: Currency,
})
