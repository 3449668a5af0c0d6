// A drawing surface that keeps what is drawn as SVG: the part of a canvas's context that the graph uses.

class Recorder {
  /** @param {CanvasRenderingContext2D} real Which measures text. */
  constructor(real, width, height) {
    this.real = real;
    this.root = svg("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
    this.now = {
      x: 0, y: 0, scale: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, dash: [],
      font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", lineCap: "butt", lineJoin: "miter",
    };
    this.saved = [];
    this.path = [];
  }

  save() { this.saved.push({ ...this.now }); }
  restore() { if (this.saved.length) this.now = this.saved.pop(); }
  setTransform() { Object.assign(this.now, { scale: 1, x: 0, y: 0 }); } // whatever the screen's pixels are
  translate(x, y) { Object.assign(this.now, { x: this.now.x + x * this.now.scale, y: this.now.y + y * this.now.scale }); }
  scale(factor) { this.now.scale *= factor; }
  setLineDash(dash) { this.now.dash = dash; }
  clearRect() {}

  beginPath() { this.path = []; }
  moveTo(x, y) { this.add("M", x, y); }
  lineTo(x, y) { this.add(this.path.length ? "L" : "M", x, y); }
  quadraticCurveTo(...points) { this.add("Q", ...points); }
  bezierCurveTo(...points) { this.add("C", ...points); }
  closePath() { if (this.path.length) this.path.push("Z"); }
  rect(x, y, w, h) { this.add("M", x, y); this.add("L", x + w, y); this.add("L", x + w, y + h); this.add("L", x, y + h); this.closePath(); }

  arc(x, y, r, start, end) {
    const at = (angle) => [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    const round = Math.abs(end - start) >= 2 * Math.PI - 1e-6;
    this.add(this.path.length ? "L" : "M", ...at(start));
    this.curve(r, round ? at(start + Math.PI) : at(end), !round && end - start > Math.PI);
    if (round) this.curve(r, at(start), false);
  }

  roundRect(x, y, w, h, r) {
    this.add("M", x + r, y);
    this.add("L", x + w - r, y); this.curve(r, [x + w, y + r], false);
    this.add("L", x + w, y + h - r); this.curve(r, [x + w - r, y + h], false);
    this.add("L", x + r, y + h); this.curve(r, [x, y + h - r], false);
    this.add("L", x, y + r); this.curve(r, [x + r, y], false);
    this.closePath();
  }

  /** @param {number} r @param {number[]} to @param {boolean} large */
  curve(r, [x, y], large) {
    const radius = round2(r * this.now.scale);
    this.path.push(`A${radius} ${radius} 0 ${large ? 1 : 0} 1 ${this.point(x, y)}`);
  }

  add(letter, ...numbers) {
    const points = [];
    for (let at = 0; at < numbers.length; at += 2) points.push(this.point(numbers[at], numbers[at + 1]));
    this.path.push(letter + points.join(" "));
  }

  point(x, y) { return `${round2(this.now.x + x * this.now.scale)} ${round2(this.now.y + y * this.now.scale)}`; }

  fill() { this.draw({ fill: this.fillStyle, stroke: "none" }); }
  stroke() { this.draw({ fill: "none", ...this.pen() }); }

  /** Stroke a path that is given as SVG has it. */
  strokeData(d) {
    const { x, y, scale } = this.now;
    const pen = { ...this.pen(), "stroke-width": this.lineWidth };
    this.put(svg("path", { d, transform: `translate(${round2(x)} ${round2(y)}) scale(${round2(scale)})`, fill: "none", ...pen }));
  }

  pen() {
    const dash = this.now.dash.length ? { "stroke-dasharray": this.now.dash.map((one) => round2(one * this.now.scale)).join(" ") } : {};
    return { stroke: this.strokeStyle, "stroke-width": round2(this.lineWidth * this.now.scale), "stroke-linecap": this.lineCap, "stroke-linejoin": this.lineJoin, ...dash };
  }

  draw(look) {
    if (this.path.length) this.put(svg("path", { d: this.path.join(""), ...look }));
  }

  put(node) {
    for (const name of ["fill", "stroke"]) apart(node, name);
    if (this.globalAlpha < 1) node.setAttribute("opacity", round2(this.globalAlpha));
    this.root.append(node);
  }

  measureText(text) {
    this.real.font = this.font;
    return this.real.measureText(text);
  }

  fillText(text, x, y, room) { this.write(text, x, y, room, { fill: this.fillStyle }); }
  strokeText(text, x, y, room) { this.write(text, x, y, room, { fill: "none", ...this.pen() }); }

  write(text, x, y, room, look) {
    const { scale } = this.now;
    const [, style, weight, size, family] = /^(italic )?(.*?)([\d.]+)px\s+(.*)$/.exec(this.font);
    const [px, py] = this.point(x, y).split(" ");
    const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign] || "start";
    const shift = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2 }[this.textBaseline] || 0;
    const squeezed = room !== undefined && this.measureText(text).width > room;
    const node = svg("text", {
      x: px, y: round2(Number(py) + shift * Number(size) * scale), "font-family": family, "font-size": round2(Number(size) * scale),
      "font-weight": weight.trim() || "400", "text-anchor": anchor, ...look, ...(style ? { "font-style": "italic" } : {}),
      ...(squeezed ? { textLength: round2(room * scale), lengthAdjust: "spacingAndGlyphs" } : {}),
    });
    node.textContent = text;
    this.put(node);
  }
}

for (const name of ["fillStyle", "strokeStyle", "lineWidth", "globalAlpha", "font", "textAlign", "textBaseline", "lineCap", "lineJoin"]) {
  Object.defineProperty(Recorder.prototype, name, {
    get() { return this.now[name]; },
    set(value) { this.now[name] = value; },
  });
}

// SVG, as most programs read it, has opacity apart from colour.
function apart(node, name) {
  const found = /^rgba\(([^)]*),\s*([\d.]+)\)$/.exec(node.getAttribute(name) || "");
  if (!found) return;
  node.setAttribute(name, `rgb(${found[1].replace(/\s/g, "")})`);
  if (Number(found[2]) < 1) node.setAttribute(`${name}-opacity`, found[2]);
}

function round2(number) {
  return Math.round(number * 100) / 100;
}
