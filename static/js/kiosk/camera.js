/** Opens the tablet's camera in a round window, and closes it again. */
const WANTED = { audio: false, video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } } };
let stream = null;
let turn = 0;

/** Starts the picture in `video`; false when there is no camera, when it may not be used, or when nobody wants it any more. */
export async function open(video) {
  close();
  const mine = turn;
  const opened = await navigator.mediaDevices?.getUserMedia(WANTED).catch(() => null);
  if (!opened || mine !== turn) {
    opened?.getTracks().forEach((track) => track.stop());
    return false;
  }
  stream = video.srcObject = opened;
  await video.play().catch(() => {});
  return mine === turn;
}

export function close() {
  turn += 1;
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  for (const video of document.querySelectorAll("video")) video.srcObject = null;
}
