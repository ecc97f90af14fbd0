// usage: node undici.mjs <url> <file with the conversation>
import { readFileSync } from 'node:fs';
import { WebSocket } from 'undici';
import { converse } from './conversation.mjs';

const [url, file] = process.argv.slice(2);
const result = await converse(WebSocket, url, JSON.parse(readFileSync(file, 'utf8')));
console.log(result);
process.exit(result === 'ok' ? 0 : 1);
