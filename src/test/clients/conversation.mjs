// A conversation over any WebSocket with the browser's interface: [{send, answer}, ...] one by one, then all at once, and the
// close handshake. Resolves to "ok" or to what went wrong.

const PATIENCE_MS = 20_000;

export function converse(WebSocketClass, url, exchanges) {
  return new Promise((resolve) => {
    const expected = [...exchanges, ...exchanges];
    const socket = new WebSocketClass(url);
    let answers = 0;
    let problem = null;

    const fail = (text) => {
      problem ??= text;
      socket.close();
    };
    const timer = setTimeout(() => resolve(`no end after ${answers} of ${expected.length} answers`), PATIENCE_MS);

    socket.onopen = () => socket.send(exchanges[0].send);
    socket.onmessage = ({ data }) => {
      const { answer } = expected[answers++];
      if (data !== answer) {
        fail(`answer ${answers} is ${String(data).slice(0, 200)} instead of ${answer.slice(0, 200)}`);
      } else if (answers < exchanges.length) {
        socket.send(exchanges[answers].send);
      } else if (answers === exchanges.length) {
        exchanges.forEach(({ send }) => socket.send(send));
      } else if (answers === expected.length) {
        socket.close(4000, 'done');
      }
    };
    socket.onerror = (event) => {
      problem ??= `error: ${event.message ?? event.type}`;
    };
    socket.onclose = ({ code, wasClean }) => {
      clearTimeout(timer);
      resolve(problem ?? (code === 4000 && wasClean ? 'ok' : `closed with ${code}, clean: ${wasClean}`));
    };
  });
}
