/** The ways to a customer, in the order in which they are offered. Apart from the schemas, so that the page can use it without their library. */
export const channelNames = ['sms', 'whatsapp'] as const
export type Channel = (typeof channelNames)[number]
