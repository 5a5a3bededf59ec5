// Browsers start no worker from a file:// page. There, search runs in a hidden frame instead.
(() => {
  if (location.protocol !== "file:") return;

  // Runs inside the frame, before the worker's own script.
  const prepare = (frame, reply) => {
    frame.postMessage = reply;
    frame.importScripts = (...urls) =>
      urls.reduce((before, url) => before.then(() => load(frame, url)), Promise.resolve());
  };
  const load = (frame, url) =>
    new Promise((done, failed) => {
      const script = frame.document.createElement("script");
      script.onload = done;
      script.onerror = failed;
      script.src = url;
      frame.document.body.append(script);
    });

  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      prepare(inside, (data) => {
        const event = new MessageEvent("message", { data });
        this.dispatchEvent(event);
        if (this.onmessage) this.onmessage(event);
      });
      this.ready = load(inside, new URL(url, location.href).href);
    }

    postMessage(data) {
      this.ready.then(() => {
        const inside = this.frame.contentWindow;
        inside.dispatchEvent(new inside.MessageEvent("message", { data: structuredClone(data) }));
      });
    }

    terminate() {
      this.frame.remove();
    }
  };
})();
