/** Opens the tablet's camera in a round window, and closes it again. */
let stream = null;

/** Starts the picture in `video`; false when there is no camera or it may not be used. */
export async function open(video) {
  close();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } } });
  } catch {
    return false;
  }
  video.srcObject = stream;
  await video.play().catch(() => {});
  return true;
}

export function close() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  for (const video of document.querySelectorAll("video")) video.srcObject = null;
}
