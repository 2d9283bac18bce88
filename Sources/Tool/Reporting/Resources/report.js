'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const make = (name, attributes) => {
    const element = document.createElementNS(one('svg').namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  document.documentElement.classList.add('live');

  // Methods: a button for each shows or hides everything that is the method's.
  const systems = new Map(all('[data-toggle]').map(button => [button.dataset.toggle, button]));
  const isShown = system => systems.get(String(system)).getAttribute('aria-pressed') === 'true';
  for (const [system, button] of systems) {
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', !isShown(system));
      for (const part of all(`[data-system="${system}"]`)) part.toggleAttribute('hidden', !isShown(system));
    });
  }

  // Charts: the picture is there without this; here are smoothing, and the values under the pointer.
  const edges = {left: 62, right: 426, top: 12, bottom: 204};
  const smoothed = (values, weight) => {
    // An exponential average that begins without a bias towards zero.
    let sum = 0, total = 0;
    return values.map(value => {
      if (value === null) return null;
      sum = weight * sum + (1 - weight) * value;
      total = weight * total + (1 - weight);
      return sum / total;
    });
  };
  const spread = values => {
    const known = values.filter(value => value !== null);
    if (!known.length) return {mean: null, deviation: null};
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {mean, deviation: known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : null};
  };

  class Chart {
    constructor(figure) {
      this.figure = figure;
      this.svg = one('svg', figure);
      this.data = JSON.parse(figure.dataset.chart);
      this.curves = this.data.systems.map(curves => ({
        ...curves, group: one(`g[data-system="${curves.system}"]`, this.svg),
      }));
      this.smooth(0, false);
      this.positions = [...new Set(this.curves.flatMap(curves => curves.x))].sort((a, b) => a - b);
      figure.addEventListener('pointermove', event => this.point(event));
      figure.addEventListener('pointerdown', event => this.point(event));
      figure.addEventListener('pointerleave', () => this.leave());
      figure.addEventListener('blur', () => this.leave());
      figure.addEventListener('keydown', event => this.press(event));
    }

    x(value) { return edges.left + (value - this.data.x[0]) / (this.data.x[1] - this.data.x[0]) * (edges.right - edges.left); }
    y(value) { return edges.bottom - (value - this.data.y[0]) / (this.data.y[1] - this.data.y[0]) * (edges.bottom - edges.top); }
    place(x, y) { return `${this.x(x).toFixed(1)} ${this.y(y).toFixed(1)}`; }

    path(xs, values) {
      let path = '', length = 0;
      const end = () => length === 1 ? 'm-3 0h6m-3 -3v6' : '';
      values.forEach((value, index) => {
        if (value === null) { path += end(); length = 0; return; }
        path += (length ? 'L' : 'M') + this.place(xs[index], value);
        length += 1;
      });
      return path + end();
    }

    smooth(weight, draws = true) {
      for (const curves of this.curves) {
        const runs = curves.runs.map(run => smoothed(run, weight));
        curves.spreads = curves.x.map((_, index) => spread(runs.map(run => run[index])));
        if (!draws) continue;
        one('.line', curves.group).setAttribute('d', this.path(curves.x, curves.spreads.map(value => value.mean)));
        all('.run', curves.group).forEach((path, index) => path.setAttribute('d', this.path(curves.x, runs[index])));
        const band = one('.band', curves.group);
        if (!band) continue;
        const ends = curves.spreads.map((value, index) => ({...value, x: curves.x[index]})).filter(value => value.deviation !== null);
        const outline = [
          ...ends.map(value => this.place(value.x, value.mean + value.deviation)),
          ...ends.reverse().map(value => this.place(value.x, value.mean - value.deviation)),
        ];
        band.setAttribute('d', `M${outline.join('L')}Z`);
      }
    }

    text(value) { return this.data.percent ? `${(100 * value).toFixed(1)} %` : String(Number(value.toPrecision(4))); }

    point(event) {
      const matrix = this.svg.getScreenCTM();
      const x = (event.clientX - matrix.e) / matrix.a;
      const value = this.data.x[0] + (x - edges.left) / (edges.right - edges.left) * (this.data.x[1] - this.data.x[0]);
      const nearest = this.positions.reduce((best, position, index) =>
        Math.abs(position - value) < Math.abs(this.positions[best] - value) ? index : best, 0);
      this.show(nearest);
    }

    press(event) {
      const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (event.key === 'Escape') this.leave();
      if (!step) return;
      event.preventDefault();
      const start = this.index ?? (step > 0 ? -1 : this.positions.length);
      this.show(Math.min(Math.max(start + step, 0), this.positions.length - 1));
    }

    show(index) {
      this.leave();
      this.index = index;
      const position = this.positions[index];
      const tip = document.createElement('div');
      tip.className = 'tip';
      tip.setAttribute('role', 'status');
      tip.append(String(Number(position.toPrecision(6))));
      this.cursor = make('g', {class: 'cursor'});
      const x = this.x(position);
      this.cursor.append(make('line', {x1: x, x2: x, y1: edges.top, y2: edges.bottom}));
      for (const curves of this.curves) {
        const value = curves.spreads[curves.x.indexOf(position)];
        if (!value || value.mean === null || !isShown(curves.system)) continue;
        const button = systems.get(String(curves.system));
        const colour = [...button.classList].find(name => /^s\d$/.test(name));
        this.cursor.append(make('circle', {class: colour, cx: x, cy: this.y(value.mean), r: 3.5}));
        const row = document.createElement('div');
        row.className = colour;
        const figure = document.createElement('span');
        figure.textContent = this.text(value.mean) + (value.deviation === null ? '' : ` ± ${this.text(value.deviation)}`);
        row.append(button.textContent.trim(), figure);
        tip.append(row);
      }
      this.svg.append(this.cursor);
      this.figure.append(tip);
      const left = x / 440 * this.svg.clientWidth;
      const isRight = left > this.svg.clientWidth / 2;
      tip.style.left = `${Math.max(0, isRight ? left - tip.offsetWidth - 10 : Math.min(left + 10, this.svg.clientWidth - tip.offsetWidth))}px`;
      this.tip = tip;
    }

    leave() {
      this.cursor?.remove();
      this.tip?.remove();
      this.cursor = this.tip = this.index = undefined;
    }
  }

  const charts = all('[data-chart]').map(figure => new Chart(figure));
  const smoothing = one('#smoothing');
  smoothing?.addEventListener('input', () => {
    one('output[for=smoothing]').textContent = smoothing.value;
    for (const chart of charts) if (chart.figure.closest('#curves')) chart.smooth(Number(smoothing.value));
  });
  one('#each-run')?.addEventListener('change', event => document.body.classList.toggle('every-run', event.target.checked));

  // Pictures: chosen by method, kind and classes; the most confident mistakes, or the least confident of what is right, come first.
  class Gallery {
    constructor(root) {
      this.root = root;
      this.grid = one('.cards', root);
      this.controls = Object.fromEntries(all('select', root).map(select => [select.name, select]));
      this.cards = all('.card', root).map(element => ({
        element, label: element.dataset.label,
        verdicts: all('[data-predicted]', element).map(({dataset}) => ({
          system: dataset.system, predicted: dataset.predicted, probability: Number(dataset.probability), isRight: dataset.right === '1',
        })),
      }));
      this.more = document.createElement('button');
      this.more.type = 'button';
      this.more.className = 'more';
      this.more.textContent = 'show more';
      this.more.addEventListener('click', () => this.show(this.count + 48));
      this.grid.after(this.more);
      root.addEventListener('change', () => this.show());
      this.show();
    }

    value(name) { return this.controls[name]?.value ?? ''; }

    /** What of a card is chosen: the verdicts that fit, none where the card does not. */
    chosen({label, verdicts}) {
      if (this.value('label') && label !== this.value('label')) return [];
      const own = verdicts.filter(verdict => !this.value('system') || verdict.system === this.value('system'));
      const fitting = own.filter(verdict => !this.value('predicted') || verdict.predicted === this.value('predicted'));
      switch (this.value('kind')) {
        case 'wrong': return fitting.filter(verdict => !verdict.isRight);
        case 'right': return own.every(verdict => verdict.isRight) ? fitting : [];
        default: return fitting;
      }
    }

    show(count = 24) {
      this.count = count;
      const isWrong = this.value('kind') === 'wrong';
      const found = this.cards.map(card => ({card, probabilities: this.chosen(card).map(verdict => verdict.probability)}))
        .filter(({probabilities}) => probabilities.length)
        .map(({card, probabilities}) => ({card, rank: isWrong ? -Math.max(...probabilities) : Math.min(...probabilities)}))
        .sort((a, b) => a.rank - b.rank);
      this.grid.replaceChildren(...found.slice(0, count).map(({card}) => card.element));
      this.more.hidden = found.length <= count;
      one('output', this.root).textContent = `${Math.min(count, found.length)} of ${found.length} shown`;
      const stage = this.value('stage');
      this.root.classList.toggle('plain', !stage);
      for (const {element} of this.cards) {
        for (const image of all('[data-stage]', element)) image.hidden = image.dataset.stage !== stage;
      }
    }

    choose(values) {
      for (const [name, value] of Object.entries(values)) if (this.controls[name]) this.controls[name].value = value;
      this.show();
      this.root.scrollIntoView({block: 'start'});
    }
  }

  // A cell of a confusion matrix leads to its pictures.
  for (const root of all('.gallery')) {
    const gallery = new Gallery(root);
    const maps = all('.heats').filter(heats => heats.dataset.dataset === root.dataset.dataset);
    for (const cell of maps.flatMap(heats => all('[data-class]', heats))) {
      cell.classList.add('leads');
      cell.addEventListener('click', () => gallery.choose({
        kind: cell.dataset.class === cell.dataset.predicted ? 'right' : 'wrong', system: cell.closest('[data-system]').dataset.system,
        label: cell.dataset.class, predicted: cell.dataset.predicted,
      }));
    }
  }
})();
