/** To forget a person, and what is said of it afterwards. */
import { z } from 'zod'
import { Customer } from '#core/events/envelope.ts'

export const forgetRequest = z.strictObject({
  /** As the shop knows them: e-mail, telephone, number; or the token that stands for them. */
  customer: Customer.refine((customer) => customer.trim() !== '', 'is empty'),
})

/** Names nobody. */
export const forgetReceipt = z.object({
  id: z.string(),
  at: z.string(),
  /** The account that asked. */
  by: z.string(),
  deleted: z.object({
    /** 1: the row that said which token stands for them; 0: they were not known. */
    mappings: z.int(),
    /** Deliveries of the last days that named them, with what was answered. */
    deliveries: z.int(),
    /** Documents set aside that named them; those that still waited are given up. */
    heldDocuments: z.int(),
  }),
  /** False: documents were not looked through, since what was given stands for nobody in particular in a text. */
  areDocumentsSearched: z.boolean(),
})
export type ForgetReceipt = z.infer<typeof forgetReceipt>
