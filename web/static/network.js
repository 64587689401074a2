// Draws the picture from positions that the server computed; everything here is in the table too.
"use strict";
const graph = JSON.parse(document.getElementById("graph").textContent);
const picture = document.getElementById("picture");
const network = new vis.Network(picture, { nodes: graph.nodes, edges: graph.edges }, {
  physics: false,
  interaction: { dragNodes: false, keyboard: false },
  nodes: { font: { size: 18, color: "#1b1b1b", strokeWidth: 4, strokeColor: "#ffffff" } },
  edges: { color: "#8a8f98", smooth: false, scaling: { min: 1, max: 8 } },
});
network.on("click", (event) => {
  const path = graph.paths[event.nodes[0]];
  if (path) window.location.assign(path);
});
network.once("afterDrawing", () => { network.fit(); picture.dataset.drawn = String(graph.nodes.length); });
