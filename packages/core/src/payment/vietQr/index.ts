/** VietQR: an entry of its own, so that only what draws codes carries the libraries that draw them. */
export * from './bankBin';
export * from './qrImage';
export * from './vietQrPayload';
