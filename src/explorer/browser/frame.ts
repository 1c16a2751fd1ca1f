// Tells the page around an embedded roadmap how high it is, and nobody else.
const tell = () => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  parent.postMessage({ type: "skills-graph:resize", height, path: location.pathname }, "*");
};
if (parent !== window) new ResizeObserver(tell).observe(document.documentElement);

export {};
