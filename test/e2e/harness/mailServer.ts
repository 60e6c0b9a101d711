/** A mail server on this machine that keeps what is sent to it: the libraries are those that the mail node itself ships. */
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';

export interface Mail {
	to: string;
	subject: string;
	text: string;
	/** Empty for plain text. */
	html: string;
	attachments: Attachment[];
}

export interface Attachment {
	filename?: string;
	contentType: string;
	/** By which the text names it. */
	cid?: string;
	content: Buffer;
}

export interface MailServer {
	port: number;
	mails: Mail[];
	/** How many of the next mails are refused. */
	refusals: number;
	close: () => Promise<void>;
}

/** What of the two libraries is used; they come without types. */
interface SmtpServer {
	server: Server;
	listen: (port: number, host: string, done: () => void) => void;
	close: (done: () => void) => void;
}
type SmtpServerClass = new (options: {
	authOptional: boolean;
	disabledCommands: string[];
	onAuth: (
		auth: { username: string },
		session: unknown,
		done: (error: Error | null, user?: { user: string }) => void,
	) => void;
	onData: (stream: Readable, session: unknown, done: (error?: Error) => void) => void;
}) => SmtpServer;
interface Parsed {
	to?: { text: string };
	subject?: string;
	text?: string;
	html: string | false;
	attachments: Attachment[];
}

/** @param mailNode folder of the installed package node-red-node-email */
export async function startMailServer(mailNode: string): Promise<MailServer> {
	const fromMailNode = createRequire(path.join(mailNode, 'package.json'));
	const { SMTPServer } = fromMailNode('smtp-server') as { SMTPServer: SmtpServerClass };
	const { simpleParser } = fromMailNode('mailparser') as { simpleParser: (stream: Readable) => Promise<Parsed> };
	const mails: Mail[] = [];
	const started: MailServer = { port: 0, mails, refusals: 0, close: async () => await Promise.resolve() };
	const take = async (stream: Readable): Promise<Error | undefined> => {
		const { to, subject = '', text = '', html, attachments } = await simpleParser(stream);
		if (started.refusals > 0) {
			started.refusals--;
			return new Error('The mailbox is full');
		}
		mails.push({ to: to?.text ?? '', subject, text: text.trim(), html: html || '', attachments });
		return undefined;
	};
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onAuth: (auth, _session, done) => done(null, { user: auth.username }),
		onData: (stream, _session, done) => {
			take(stream).then(done, done);
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	started.port = (server.server.address() as AddressInfo).port;
	started.close = async () => await new Promise((resolve) => server.close(resolve));
	return started;
}
