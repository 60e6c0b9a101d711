/** Sends webhook requests as they are, some at a time over kept connections, and counts the answers. */
import http from 'node:http';

export interface Post {
	headers: Record<string, string>;
	body: string;
}

export interface Answer {
	status: number;
	body: string;
}

/** @returns the answers in the order of the posts */
export async function postAll(
	url: string,
	posts: readonly Post[],
	parallel: number,
	onAnswer?: (done: number) => void,
): Promise<Answer[]> {
	const agent = new http.Agent({ keepAlive: true, maxSockets: parallel });
	const answers: Answer[] = [];
	let next = 0;
	let done = 0;
	const worker = async (): Promise<void> => {
		for (let at = next++; at < posts.length; at = next++) {
			answers[at] = await post(url, posts[at] as Post, agent);
			onAnswer?.(++done);
		}
	};
	await Promise.all(Array.from({ length: parallel }, worker));
	agent.destroy();
	return answers;
}

export async function post(url: string, { headers, body }: Post, agent?: http.Agent): Promise<Answer> {
	return await new Promise((resolve, reject) => {
		const request = http.request(url, {
			method: 'POST',
			agent,
			headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
		});
		request.once('error', reject);
		request.once('response', (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
			response.once('error', reject);
		});
		request.end(body);
	});
}

/** How often each status came. */
export function countStatuses(answers: readonly Answer[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}
