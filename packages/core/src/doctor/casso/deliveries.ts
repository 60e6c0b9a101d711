/** Deliveries as they came to a listener, for the probes of webhooks. */

export interface ReceivedDelivery {
	/** Unix time in ms. */
	atMs: number;
}
