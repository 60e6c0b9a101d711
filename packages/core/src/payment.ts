/** Payment codes in memos, and orders matched with transactions. An entry of its own, so that a bundle carries only what it uses. */
export { optionalCodePattern, parseCodePattern, type CodePattern } from './payment/codePattern';
export * from './payment/findKnownCodes';
export * from './payment/readPaymentCodes';
export * from './payment/matchPayments';
export { getMatchWarnings } from './payment/matchWarnings';
export * from './payment/order';
export * from './payment/paymentCodeFields';
export * from './payment/readPayment';
export * from './payment/weakCode';
