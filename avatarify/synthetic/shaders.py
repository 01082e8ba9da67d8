"""The shaders: depth for shadows, the image, and its ground truth."""

from __future__ import annotations

VERTEX = """#version 330
in vec3 place; in vec3 normal; in float light; in vec2 uv; in vec2 mesh_uv; in vec3 other_place;
uniform mat4 camera; uniform mat4 other_camera; uniform mat4 shadow_camera;
out vec3 n; out vec3 p; out vec2 t; out vec2 m; out float a; out vec4 s; out vec4 o;
void main() {
  gl_Position = camera * vec4(place, 1);
  n = normal; p = place; t = uv; m = mesh_uv; a = light;
  s = shadow_camera * vec4(place, 1);
  o = other_camera * vec4(other_place, 1);
}
"""

# Where a surface has a hole: transparent texels, and cloth above the collar, whose "light" is negative there.
_HOLES = """
in float a;
uniform sampler2D picture; uniform float cut; uniform int part;
bool hole(vec4 c) { return c.a < cut || a < 0.0; }
"""

DEPTH = (
    """#version 330
in vec2 t;
"""
    + _HOLES
    + "void main() { if (hole(texture(picture, t))) discard; }"
)

TRUTH = (
    """#version 330
in vec2 t; in vec2 m; in vec4 o;
layout(location = 0) out vec4 where; layout(location = 1) out vec4 what;
"""
    + _HOLES
    + """
void main() {
  vec4 c = texture(picture, t);
  if (hole(c)) discard;
  float seen = part == 1 && c.a < 0.55 ? 6.0 : float(part);
  where = vec4(o.xy / o.w, m);
  what = vec4(seen, 1.0 / gl_FragCoord.w, o.w, 1);
}
"""
)

COLOR = (
    """#version 330
in vec3 n; in vec3 p; in vec2 t; in vec4 s;
out vec4 color;
"""
    + _HOLES
    + """
uniform sampler2DShadow shadow; uniform float shadow_texel;
uniform vec3 eye; uniform vec3 to_light[3]; uniform vec3 light_color[3];
uniform vec3 sky; uniform vec3 ground; uniform float gloss; uniform float exposure;
vec3 linear(vec3 c) { return c * (c * (c * 0.305306 + 0.682171) + 0.0125229); }
vec3 screen(vec3 c) {
  vec3 a1 = sqrt(max(c, 0)), a2 = sqrt(a1), a3 = sqrt(a2);
  return 0.585122 * a1 + 0.783140 * a2 - 0.368263 * a3;
}
float lit() {
  vec3 q = s.xyz / s.w * 0.5 + 0.5;
  q.z -= 0.0045;
  if (any(lessThan(q.xy, vec2(0))) || any(greaterThan(q.xy, vec2(1)))) return 1.0;
  float sum = 0;
  for (int i = 0; i < 4; i++)
    sum += texture(shadow, vec3(q.xy + (vec2(i & 1, i >> 1) * 2.0 - 1.0) * shadow_texel * 1.1, q.z));
  return sum * 0.25;
}
void main() {
  vec4 tex = texture(picture, t);
  if (hole(tex)) discard;
  float open = part == 2 ? min(0.55 + 3.0 * a, 1.0) : a;
  vec3 c = linear(tex.rgb), v = normalize(eye - p), m = normalize(n);
  if (part >= 7 && dot(m, v) < 0) m = -m;
  bool skin = part == 1, wet = part == 3, mouth = part == 4 || part == 5, hair = part == 7 || part == 8;
  vec3 wrap = skin ? vec3(0.32, 0.15, 0.09) : wet ? vec3(0.5) : mouth ? vec3(0.9) : vec3(0.06);
  float sun = lit();
  if (mouth) sun = mix(sun, 1.0, 0.8);
  if (wet) sun = mix(sun, 1.0, 0.35);
  vec3 diffuse = mix(ground, sky, m.y * 0.5 + 0.5) * open, shine = vec3(0);
  for (int i = 0; i < 3; i++) {
    float toward = dot(m, to_light[i]), reach = i == 0 ? sun : open;
    vec3 falls = max((vec3(toward) + wrap) / (1.0 + wrap), 0.0);
    diffuse += light_color[i] * falls * reach * mix(open, 1.0, i == 0 && !mouth ? 0.6 : 0.15);
    vec3 h = normalize(to_light[i] + v);
    float nh = max(dot(m, h), 0.0), front = max(toward, 0.0);
    if (skin) {
      float f = 0.04 + 0.96 * pow(1.0 - max(dot(h, v), 0.0), 5.0);
      shine += light_color[i] * reach * front * gloss * f * (2.4 * pow(nh, 14.0) + 4.5 * pow(nh, 55.0)) * open;
    } else if (wet) shine += light_color[i] * mix(reach, 1.0, 0.4) * 1.4 * pow(nh, 380.0);
    else if (mouth) shine += light_color[i] * reach * 0.22 * pow(nh, 50.0) * open;
    else if (hair) {
      vec3 along = normalize(cross(m, vec3(1.0, 0.0, 0.2)));
      float th = dot(along, h);
      float gleam = 0.17 * pow(max(1.0 - th * th, 0.0), 18.0) * max(toward + 0.3, 0.0);
      shine += light_color[i] * reach * gleam * (0.22 + c);
    } else if (part == 9) shine += light_color[i] * reach * 0.8 * pow(nh, 70.0);
  }
  if (skin) shine += sky * pow(1.0 - max(dot(m, v), 0.0), 4.0) * 0.14 * open * gloss;
  if (wet) {
    vec3 r = reflect(-v, m);
    float window = smoothstep(0.07, 0.03, abs(r.x + 0.32)) * smoothstep(0.10, 0.05, abs(r.y - 0.42));
    shine += (sky + light_color[0]) * 0.30 * window + sky * 0.03;
  }
  vec3 sum = (c * diffuse + shine) * exposure;
  sum = sum / (1.0 + max(sum - 0.7, 0.0) * 0.65);
  color = vec4(clamp(screen(sum), 0, 1), tex.a < 0.99 && skin ? 1.0 : tex.a);
}
"""
)

BACKGROUND_VERTEX = """#version 330
in vec2 place; out vec2 t;
void main() { gl_Position = vec4(place, 0.99999, 1); t = place * 0.5 + 0.5; }
"""

BACKGROUND = """#version 330
in vec2 t; out vec4 color; uniform sampler2D picture;
void main() { color = vec4(texture(picture, t).rgb, 1); }
"""
