/** Reads a QR code from a picture that moves: the browser's own detector, else zxing-wasm. */
async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { prepareZXingModule, readBarcodes } = await import("/static/vendor/zxing-reader.js");
  prepareZXingModule({ overrides: { locateFile: (name) => `/static/vendor/${name}` } });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    pen.drawImage(video, 0, 0);
    const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), { formats: ["QRCode"], maxNumberOfSymbols: 1 });
    return found[0]?.text;
  };
}

/** Looks four times a second until the returned function is called; the same code counts again after five seconds. */
export function scan(video, found) {
  let running = true;
  let last = { text: "", at: 0 };
  (async () => {
    const read = await reader().catch(() => null);
    while (running && read) {
      const text = video.videoWidth ? await read(video).catch(() => "") : "";
      const again = text === last.text && Date.now() - last.at < 5000;
      if (running && text && !again) {
        last = { text, at: Date.now() };
        found(text);
      }
      await new Promise((resume) => setTimeout(resume, 250));
    }
  })();
  return () => { running = false; };
}
