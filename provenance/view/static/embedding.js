// Words within a PNG: its title, what it shows for whoever cannot see it, and its credit, where programs look for them.

const CRCS = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRCS[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

// A chunk of international text (PNG 1.2, 4.2.3.3), not compressed.
function textChunk(keyword, text) {
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text.replace(/\0/g, "\ufffd")}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crcOf(body));
  return chunk;
}

function xmpOf({ title, description, credit }) {
  const safe = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd").replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
  const alt = (name, text) => `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${safe(text)}</rdf:li></rdf:Alt></${name}>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">`
    + `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"`
    + ` xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">`
    + alt("dc:title", title) + alt("dc:description", description) + alt("Iptc4xmpCore:AltTextAccessibility", description)
    + `<photoshop:Credit>${safe(credit)}</photoshop:Credit></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
}

/** @param {Blob} png @param {{title: string, description: string, credit: string}} words @returns {Promise<Blob>} */
async function withWords(png, words) {
  const bytes = new Uint8Array(await png.arrayBuffer());
  const head = 33; // the signature and the header, which stands first
  const chunks = [["Title", words.title], ["Description", words.description], ["Source", words.credit], ["XML:com.adobe.xmp", xmpOf(words)]];
  return new Blob([bytes.slice(0, head), ...chunks.map(([keyword, text]) => textChunk(keyword, text)), bytes.slice(head)], { type: "image/png" });
}
