/** A topic of SNS in the place of a webhook's address: `arn:aws:sns:eu-west-1:123456789012:notices-shop`. */
export type Topic = { readonly arn: string; readonly region: string; readonly name: string }

/** What every topic's name begins with: a deployment may publish to such topics, and to none that is for something else. */
export const TOPIC_PREFIX = 'notices-'

const ARN = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:([A-Za-z0-9_-]{1,256})$/

export const isArn = (address: string): boolean => address.startsWith('arn:')

/** undefined: it is no topic that notices can go to. */
export function topicIn(address: string): Topic | undefined {
  const [, region, name] = ARN.exec(address) ?? []
  return region !== undefined && name?.startsWith(TOPIC_PREFIX) ? { arn: address, region, name } : undefined
}
