/** Where webhooks may be sent: any http(s) URL is registered, but only loopback is called unless that was allowed. */

/** The URL if it is one that a webhook may have, otherwise null. */
export function parseWebhookUrl(text: string): URL | null {
	if (!URL.canParse(text)) return null;
	const url = new URL(text);
	return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}

/** True for localhost, 127.0.0.0/8 and ::1. @param hostname as `URL.hostname` gives it */
export function isLoopbackHost(hostname: string): boolean {
	const name = hostname.toLowerCase().replace(/^\[|\]$/g, '');
	return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
